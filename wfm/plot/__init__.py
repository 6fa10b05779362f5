"""Pictures: each function draws one on the axes that it is given, or on new ones, and returns them.

Nothing is shown or saved here; times are local; colours can be told apart by colour-blind readers.
"""

from wfm.plot._backtest import backtest as backtest
from wfm.plot._coverage import coverage as coverage
from wfm.plot._deadlines import deadlines as deadlines
from wfm.plot._forecast import forecast as forecast
from wfm.plot._frontier import frontier as frontier
from wfm.plot._heatmap import heatmap as heatmap
from wfm.plot._occupancy import occupancy as occupancy
from wfm.plot._roster import roster as roster
from wfm.plot._scenarios import scenarios as scenarios
from wfm.plot._service_curve import service_curve as service_curve
from wfm.plot._simulation import simulated_days as simulated_days
from wfm.plot._simulation import simulated_weeks as simulated_weeks
from wfm.plot._variance import variance as variance
