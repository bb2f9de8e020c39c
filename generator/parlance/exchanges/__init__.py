"""Exchanges: a request with what answers it, wherever the two were recorded, to findings in both and between them."""
