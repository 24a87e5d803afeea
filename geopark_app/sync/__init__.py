"""What travels between laptops: signed bundles, memberships, and the folder they meet in."""
