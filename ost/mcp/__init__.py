"""`ost mcp`: the tree as tools for assistants, by the Model Context Protocol on standard input and
output. Only `server.py` knows the protocol; the rest answers, by what the commands ask.
"""
