"""Template filters of the tracker."""

from django.template import Library

register = Library()
