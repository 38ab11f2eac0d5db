"""Reads a newsletter issue: text in, a frozen `ParsedIssue` out."""
