"""What is to be scored when there are many pairs: the files of two folders, or the lines of a list.

Nothing is imported here: a job on one pair takes `pair` alone.
"""
