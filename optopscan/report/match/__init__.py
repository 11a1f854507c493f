"""A match of products and blocks: picture, page, table and text."""
