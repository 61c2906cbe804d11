"""The nouns of the reception, each with its blueprint. Importing this knows every table."""

from flask import Flask

from inspect_app.additions import due as _added_work
from inspect_app.additions import models as _additions
from inspect_app.additions.routes import bp as additions
from inspect_app.appointments import act_routes as _appointment_acts
from inspect_app.appointments import models as _appointments
from inspect_app.appointments import words as _appointment_words
from inspect_app.appointments.routes import bp as appointments
from inspect_app.approvals import models as _approvals
from inspect_app.approvals.routes import bp as approvals
from inspect_app.belongings import models as _belongings
from inspect_app.belongings.routes import bp as belongings
from inspect_app.certificates.routes import bp as certificates
from inspect_app.claims import models as _claims
from inspect_app.claims.routes import bp as claims
from inspect_app.consultations import models as _consultations
from inspect_app.consultations.routes import bp as consultations
from inspect_app.contact_log import models as _contact_log
from inspect_app.contact_log.routes import bp as contact_log
from inspect_app.customers import models as _customers
from inspect_app.delivery import bp as delivery
from inspect_app.delivery import models as _delivery
from inspect_app.delivery import routes as _delivering
from inspect_app.delivery import walk_routes as _at_the_car
from inspect_app.diagnosis import models as _diagnosis
from inspect_app.diagnosis.routes import bp as diagnosis
from inspect_app.exchange import api_routes as _api
from inspect_app.exchange import models as _exchange
from inspect_app.exchange.routes import bp as exchange
from inspect_app.exits import models as _exits
from inspect_app.exits import words as _exit_words
from inspect_app.exits.routes import bp as exits
from inspect_app.gate_passes import gate_routes as _gate
from inspect_app.gate_passes import models as _gate_passes
from inspect_app.gate_passes.routes import bp as gate_passes
from inspect_app.guarantees import models as _guarantees
from inspect_app.guarantees.routes import bp as guarantees
from inspect_app.imports.routes import bp as imports
from inspect_app.key_tags import custody_routes as _custody
from inspect_app.key_tags import models as _key_tags
from inspect_app.key_tags import round_routes as _rounds
from inspect_app.key_tags import scan_routes as _scanning
from inspect_app.key_tags import set_up_routes as _setting_up
from inspect_app.key_tags.routes import bp as key_tags
from inspect_app.late_entries import models as _late_entries
from inspect_app.late_entries.routes import bp as late_entries
from inspect_app.notices.routes import bp as notices
from inspect_app.offline.routes import bp as offline
from inspect_app.order_papers.routes import bp as order_papers
from inspect_app.orders import line_routes as _order_lines
from inspect_app.orders import models as _orders
from inspect_app.orders.routes import bp as orders
from inspect_app.papers import models as _papers
from inspect_app.papers.routes import bp as papers
from inspect_app.payments import models as _payments
from inspect_app.payments.routes import bp as payments
from inspect_app.photos import models as _photos
from inspect_app.photos.routes import bp as photos
from inspect_app.preparation import models as _preparation
from inspect_app.preparation.routes import bp as preparation
from inspect_app.price_list import models as _price_list
from inspect_app.price_list.routes import bp as price_list
from inspect_app.promises import models as _promises
from inspect_app.promises.routes import bp as promises
from inspect_app.pwa import models as _pwa
from inspect_app.pwa.routes import bp as pwa
from inspect_app.readings import models as _readings
from inspect_app.readings.routes import bp as readings
from inspect_app.reservations import models as _reservations
from inspect_app.reservations.routes import bp as reservations
from inspect_app.returns import models as _returns
from inspect_app.settlements import bp as settlements
from inspect_app.settlements import models as _settlements
from inspect_app.settlements import routes as _settling
from inspect_app.settlements import story as _settlement_story
from inspect_app.sheets import bp as sheets
from inspect_app.sheets import models as _sheets
from inspect_app.sheets import routes as _sheet_routes
from inspect_app.signatures import bp as signatures
from inspect_app.signatures import link_routes as _signing_by_link
from inspect_app.signatures import models as _signatures
from inspect_app.signatures import return_routes as _returning
from inspect_app.signatures import routes as _signing
from inspect_app.sites import models as _sites
from inspect_app.staff import models as _staff
from inspect_app.staff.routes import bp as staff
from inspect_app.stops import models as _stops
from inspect_app.stops.routes import bp as stops
from inspect_app.table_files import models as _table_files
from inspect_app.table_files.routes import bp as table_files
from inspect_app.vehicles import models as _vehicles
from inspect_app.visits import correction_routes as _correcting
from inspect_app.visits import models as _visits
from inspect_app.visits import record as _record
from inspect_app.visits.routes import bp as visits
from inspect_app.walkaround import models as _walkaround
from inspect_app.walkaround.mark_routes import bp as walkaround
from inspect_app.workshop import due as _workshop_due
from inspect_app.workshop import models as _workshop
from inspect_app.workshop import work_routes as _working
from inspect_app.workshop.routes import bp as workshop

BLUEPRINTS = (
    appointments,
    consultations,
    contact_log,
    promises,
    sheets,
    pwa,
    offline,
    visits,
    certificates,
    staff,
    orders,
    signatures,
    photos,
    walkaround,
    papers,
    belongings,
    readings,
    key_tags,
    claims,
    late_entries,
    reservations,
    imports,
    delivery,
    payments,
    gate_passes,
    diagnosis,
    order_papers,
    price_list,
    exits,
    approvals,
    preparation,
    notices,
    stops,
    settlements,
    guarantees,
    exchange,
    table_files,
    workshop,
    additions,
)
MODELS = (
    _added_work,
    _additions,
    _appointment_acts,
    _appointment_words,
    _appointments,
    _approvals,
    _at_the_car,
    _belongings,
    _claims,
    _consultations,
    _contact_log,
    _correcting,
    _custody,
    _customers,
    _delivering,
    _delivery,
    _diagnosis,
    _exit_words,
    _api,
    _exchange,
    _exits,
    _gate,
    _gate_passes,
    _guarantees,
    _key_tags,
    _late_entries,
    _order_lines,
    _orders,
    _papers,
    _payments,
    _photos,
    _preparation,
    _price_list,
    _promises,
    _pwa,
    _readings,
    _record,
    _reservations,
    _returning,
    _returns,
    _rounds,
    _scanning,
    _setting_up,
    _settlement_story,
    _settlements,
    _settling,
    _sheet_routes,
    _sheets,
    _signatures,
    _signing,
    _signing_by_link,
    _sites,
    _staff,
    _table_files,
    _stops,
    _vehicles,
    _visits,
    _walkaround,
    _working,
    _workshop,
    _workshop_due,
)


def install(app: Flask) -> None:
    """Registers every noun's routes."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
