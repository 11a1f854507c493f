"""What tables and workbooks share."""
