"""The staff pages: a web application of its own beside the chat, without Rasa.

`routes.py` lists every page with its permission and what it leaves in the audit.
"""
