"""Folders of documents to files of records."""
