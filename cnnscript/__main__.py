"""`python -m cnnscript`."""

import sys

from cnnscript.cli import main

sys.exit(main())
