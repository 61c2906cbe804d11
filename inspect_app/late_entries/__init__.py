"""Entries that came too late to be taken, or in an unproven name: kept whole, for a person to see.

A tablet drops its copy only because the entry stands here with all its fields and photos.
"""
