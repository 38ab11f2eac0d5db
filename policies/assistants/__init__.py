"""The tracker for assistants: a server of the Model Context Protocol with tools that only read.

Each tool answers what the API answers to the same question, in pieces of bounded size.
"""
