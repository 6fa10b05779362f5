"""From the history of contacts to the volume that is expected, and the staff that it takes."""

from wfm.forecast.finding import Finding as Finding
from wfm.forecast.forecaster import Forecaster as Forecaster
from wfm.forecast.forecaster import forecast_volume as forecast_volume
from wfm.forecast.history import History as History
from wfm.forecast.profile.profile_forecaster import ProfileForecaster as ProfileForecaster
from wfm.forecast.reading.read import read_history as read_history
from wfm.forecast.reading.volume_table import read_volume as read_volume
from wfm.forecast.staffing import staff as staff
from wfm.forecast.volume import Volume as Volume
