"""Keys: registered under a numbered tag, given a slot in the cabinet, and every hand they pass
through (6.08, D9). A tag's code opens its visit for staff and says to anyone else whose key it is.
"""
