"""Files: a planner's folder in, problems and schedules in and out, tables for people."""

from wfm.io.care import frontier_frame as frontier_frame
from wfm.io.care import prices_frame as prices_frame
from wfm.io.center import Center as Center
from wfm.io.chance import quantiles_frame as quantiles_frame
from wfm.io.chance import samples_frame as samples_frame
from wfm.io.desk import Desk as Desk
from wfm.io.desk import ForecastDesk as ForecastDesk
from wfm.io.files import read_problem as read_problem
from wfm.io.files import read_schedule as read_schedule
from wfm.io.files import save_figure as save_figure
from wfm.io.files import write_bytes as write_bytes
from wfm.io.files import write_text as write_text
from wfm.io.folder import read_center as read_center
from wfm.io.folder import read_desk as read_desk
from wfm.io.folder import read_forecast_desk as read_forecast_desk
from wfm.io.ledger import publish as publish
from wfm.io.ledger import read_ledger as read_ledger
from wfm.io.ledger import write_ledger as write_ledger
from wfm.io.past import read_previous as read_previous
from wfm.io.reasons import read_reasons as read_reasons
from wfm.io.swaps import swaps_frame as swaps_frame
from wfm.io.tables import demand_frame as demand_frame
from wfm.io.tables import roster_frame as roster_frame
from wfm.io.tables import schedule_frame as schedule_frame
