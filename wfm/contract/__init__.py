"""The contract that every rule must keep, for users' own rules as for the library's.

A rule is written twice, for the solver and for the judge, and tells by examples what it means. The
checks below hold the three against each other; none of them knows a rule by name::

    from wfm.contract import check_rule

    def test_my_rule():
        check_rule(MyRule)

Each check takes the rule's class, returns nothing, and raises `AssertionError` with a sentence.
"""

from wfm.contract.agreement import check_agreement as check_agreement
from wfm.contract.agreement import check_limits as check_limits
from wfm.contract.agreement import check_random_rosters as check_random_rosters
from wfm.contract.counting import stated_breach as stated_breach
from wfm.contract.examples import check_examples as check_examples
from wfm.contract.examples import check_judge as check_judge
from wfm.contract.private import check_private as check_private
from wfm.contract.sentences import check_sentences as check_sentences
from wfm.contract.sentences import check_words as check_words
from wfm.contract.solving import check_solved as check_solved
from wfm.contract.solving import check_solver as check_solver
from wfm.contract.whole import CHECKS as CHECKS
from wfm.contract.whole import SOLVER_CHECKS as SOLVER_CHECKS
from wfm.contract.whole import check_rule as check_rule
from wfm.contract.writing import check_json as check_json
from wfm.contract.writing import check_registered as check_registered
from wfm.contract.writing import check_weight as check_weight
from wfm.rules._roster import random_roster as random_roster
