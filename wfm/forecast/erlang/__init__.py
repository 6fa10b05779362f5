"""Erlang's formulas: how many agents a queue needs, and what service so many agents give."""

from wfm.forecast.erlang.blending import Blend as Blend
from wfm.forecast.erlang.blending import blend as blend
from wfm.forecast.erlang.busy import Factors as Factors
from wfm.forecast.erlang.busy import day_factors as day_factors
from wfm.forecast.erlang.busy import slot_factors as slot_factors
from wfm.forecast.erlang.load import modified_load as modified_load
from wfm.forecast.erlang.loss import erlang_b as erlang_b
from wfm.forecast.erlang.loss import erlang_c as erlang_c
from wfm.forecast.erlang.performance import DEFINITIONS as DEFINITIONS
from wfm.forecast.erlang.performance import Performance as Performance
from wfm.forecast.erlang.performance import performance as performance
from wfm.forecast.erlang.quantile import wait_quantile as wait_quantile
from wfm.forecast.erlang.queues import queue_course as queue_course
from wfm.forecast.erlang.queues import queue_level as queue_level
from wfm.forecast.erlang.queues import queue_performance as queue_performance
from wfm.forecast.erlang.queues import queue_requirement as queue_requirement
from wfm.forecast.erlang.required import required_agents as required_agents
from wfm.forecast.erlang.transient import Course as Course
from wfm.forecast.erlang.transient import course as course
