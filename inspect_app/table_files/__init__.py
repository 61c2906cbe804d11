"""Customers, cars and prices taken in from CSV files: first tried, then kept."""
