"""Relations between what was found: contact details, roles, grants."""
