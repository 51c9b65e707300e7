import sys

from saccade_training.cli import main

sys.exit(main())
