"""A library in Milvus, for collections that outgrow one machine.

Nothing of pymilvus is imported before a library is opened: it is an optional extra.
"""
