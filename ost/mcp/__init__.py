"""`ost mcp`: the tree as tools for assistants, over the Model Context Protocol on standard input
and output. Only `server.py` knows the protocol; the rest answers with the commands' queries.
"""
