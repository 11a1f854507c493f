"""Rules, cost and carbon: what stops a plan that the structure can carry."""
