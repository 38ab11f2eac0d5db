"""Who may come to the desk: signing in, throttled, and the second factor.

Passwords, groups and permissions are Django's; the codes are django-otp's, the
count of failed attempts django-axes'. Here stands how the desk puts them together.
"""
