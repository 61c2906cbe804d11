"""Numbers that a tablet holds for a time without network: key tags, hooks, storage boxes.

A reservation steers which number is proposed next; it never keeps anyone from using what lies in
the hand. What the database holds is one key per tag and hook, and one car per box.
"""
