"""A car in the workshop: its way there, who works on it, how far it is, and when it is finished
(process 1.8, 1.10, 11.01; T19–T21, T26–T29; D1, D21).
"""
