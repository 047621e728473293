"""All checkpoints that are built."""

from tests.reach.case import Case
from tests.reach.cases_decoders import DECODERS
from tests.reach.cases_encoders import ENCODERS
from tests.reach.cases_listed import LISTED
from tests.reach.cases_pictures import FROM_TIMM, PICTURES, TOGETHER

CASES: tuple[Case, ...] = (*DECODERS, *ENCODERS, *PICTURES, *TOGETHER, *FROM_TIMM, *LISTED)
