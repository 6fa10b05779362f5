"""Simulate a schedule call by call: what service it gives, and how sure that is."""

from wfm.simulation.following import trace as trace
from wfm.simulation.outcome import Outcome as Outcome
from wfm.simulation.simulating import simulate as simulate
from wfm.simulation.values import AgentAssumptions as AgentAssumptions
from wfm.simulation.values import Assumptions as Assumptions
from wfm.simulation.values import Busyness as Busyness
from wfm.simulation.values import HandleTimes as HandleTimes
from wfm.simulation.values import Lateness as Lateness
from wfm.simulation.values import Overflow as Overflow
from wfm.simulation.values import QueueAssumptions as QueueAssumptions
from wfm.simulation.values import Redial as Redial
