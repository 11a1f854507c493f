"""The record: how it is built, its arrays, its schema, and the state that placing starts from."""
