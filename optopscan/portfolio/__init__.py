"""Many buildings: folders of models scanned one by one."""
