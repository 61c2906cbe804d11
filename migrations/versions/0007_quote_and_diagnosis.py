"""A quote: lines by method, their parts, shown versions, disclosures; price list; diagnosis.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NEW_COLUMNS = (
    ("sheet", sa.Integer(), "0"),
    ("method", sa.String(10), "system"),
    ("subject", sa.String(300), ""),
    ("scope", sa.String(300), ""),
    ("basis", sa.String(20), ""),
    ("gone_test", sa.String(300), ""),
    ("version", sa.Integer(), "1"),
)
AMOUNTS = ("base_amount", "risk_amount", "hours_hundredths", "rate_amount")
REFERENCES = {"price_item_id": "price_items", "finding_id": "findings"}
CHECKS = {
    "sheet": "sheet >= 0",
    "method": "method in ('system', 'symptom', 'item')",
    **{name: f"{name} >= 0" for name in AMOUNTS},
}


def upgrade() -> None:
    op.create_table(
        "labour_rates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("rate_amount", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("rate_amount >= 0", name=op.f("ck_labour_rates_rate_amount")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_labour_rates_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labour_rates")),
    )
    op.create_table(
        "price_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("other_names", sa.JSON(), nullable=False),
        sa.Column("search_text", sa.String(length=1000), nullable=False),
        sa.Column("usual", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("price_amount", sa.Integer(), nullable=True),
        sa.Column("hours_hundredths", sa.Integer(), nullable=True),
        sa.Column("labour_rate_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("is_key_position", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('work', 'part')", name=op.f("ck_price_items_kind")),
        sa.CheckConstraint(
            "method in ('system', 'symptom', 'item')", name=op.f("ck_price_items_method")
        ),
        sa.CheckConstraint("hours_hundredths >= 0", name=op.f("ck_price_items_hours_hundredths")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_price_items_name")),
        sa.CheckConstraint("price_amount >= 0", name=op.f("ck_price_items_price_amount")),
        sa.ForeignKeyConstraint(
            ["labour_rate_id"], ["labour_rates.id"], name=op.f("fk_price_items_labour_rate_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_price_items_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_items")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_price_items_site_id_code")),
    )
    with op.batch_alter_table("price_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_price_items_site_id_kind_usual"),
            ["site_id", "kind", "usual"],
            unique=False,
        )

    op.create_table(
        "diagnoses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("consent_by", sa.String(length=120), nullable=False),
        sa.Column("consent_how", sa.String(length=20), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fee_told", sa.Boolean(), nullable=False),
        sa.Column("fee_amount", sa.Integer(), nullable=True),
        sa.Column("symptom", sa.Text(), nullable=False),
        sa.Column("instruments", sa.String(length=300), nullable=False),
        sa.Column("helper_id", sa.Uuid(), nullable=True),
        sa.Column("helper_called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("diagnosed_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_by_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "consent_how in ('in_person', 'phone', 'message', 'signed')",
            name=op.f("ck_diagnoses_consent_how"),
        ),
        sa.CheckConstraint("fee_amount >= 0", name=op.f("ck_diagnoses_fee_amount")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_diagnoses_by_id")),
        sa.ForeignKeyConstraint(
            ["diagnosed_by_id"], ["people.id"], name=op.f("fk_diagnoses_diagnosed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["handed_by_id"], ["people.id"], name=op.f("fk_diagnoses_handed_by_id")
        ),
        sa.ForeignKeyConstraint(["helper_id"], ["people.id"], name=op.f("fk_diagnoses_helper_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_diagnoses_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_diagnoses_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnoses")),
        sa.UniqueConstraint("site_id", "number", name=op.f("uq_diagnoses_site_id_number")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_diagnoses_visit_id")),
    )
    op.create_table(
        "disclosures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("visit_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_disclosures_text")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_disclosures_by_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_disclosures_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_disclosures_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
    )
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_disclosures_visit_id_code"), ["visit_id", "code"], unique=False
        )

    op.create_table(
        "findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("diagnosis_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fault_codes", sa.JSON(), nullable=False),
        sa.Column("suggestion", sa.String(length=300), nullable=False),
        sa.Column("urgency", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "urgency in ('safety', 'soon', 'later')", name=op.f("ck_findings_urgency")
        ),
        sa.CheckConstraint("length(place) > 0", name=op.f("ck_findings_place")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_findings_by_id")),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"], ["diagnoses.id"], name=op.f("fk_findings_diagnosis_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_findings_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_findings_diagnosis_id"), ["diagnosis_id"], unique=False
        )

    op.create_table(
        "order_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facts_sha256", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("shown_on", sa.String(length=10), nullable=False),
        sa.Column("valid_until_on", sa.Date(), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "length(facts_sha256) = 64", name=op.f("ck_order_versions_facts_sha256")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_order_versions_by_id")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_versions_order_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_order_versions_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_versions")),
        sa.UniqueConstraint("order_id", "number", name=op.f("uq_order_versions_order_id_number")),
    )
    op.create_table(
        "order_parts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("brand", sa.String(length=60), nullable=False),
        sa.Column("batch", sa.String(length=60), nullable=False),
        sa.Column("quantity_hundredths", sa.Integer(), nullable=False),
        sa.Column("unit_price_amount", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("is_key_position", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("check_result", sa.String(length=200), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("price_item_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("source in ('plant', 'customer')", name=op.f("ck_order_parts_source")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_order_parts_name")),
        sa.CheckConstraint(
            "quantity_hundredths > 0", name=op.f("ck_order_parts_quantity_hundredths")
        ),
        sa.CheckConstraint("unit_price_amount >= 0", name=op.f("ck_order_parts_unit_price_amount")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_order_parts_by_id")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["order_lines.id"], name=op.f("fk_order_parts_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["price_item_id"], ["price_items.id"], name=op.f("fk_order_parts_price_item_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_order_parts_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_parts")),
    )
    with op.batch_alter_table("order_parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_parts_line_id"), ["line_id"], unique=False)

    with op.batch_alter_table("order_lines") as batch_op:
        for name, kind, default in NEW_COLUMNS:
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=default))
        for name in AMOUNTS:
            batch_op.add_column(sa.Column(name, sa.Integer()))
        for name in REFERENCES:
            batch_op.add_column(sa.Column(name, sa.Uuid()))
    op.execute("UPDATE order_lines SET base_amount = price_amount")
    with op.batch_alter_table("order_lines") as batch_op:
        for name, kind, _default in NEW_COLUMNS:
            batch_op.alter_column(name, existing_type=kind, server_default=None)
        for name, rule in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_order_lines_{name}"), rule)
        for name, table in REFERENCES.items():
            batch_op.create_foreign_key(op.f(f"fk_order_lines_{name}"), table, [name], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("order_lines") as batch_op:
        for name in REFERENCES:
            batch_op.drop_constraint(op.f(f"fk_order_lines_{name}"), type_="foreignkey")
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_order_lines_{name}"), type_="check")
        for name in (*REFERENCES, *AMOUNTS, *(column[0] for column in NEW_COLUMNS)):
            batch_op.drop_column(name)

    with op.batch_alter_table("order_parts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_parts_line_id"))

    op.drop_table("order_parts")
    op.drop_table("order_versions")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_diagnosis_id"))

    op.drop_table("findings")
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosures_visit_id_code"))

    op.drop_table("disclosures")
    op.drop_table("diagnoses")
    with op.batch_alter_table("price_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_price_items_site_id_kind_usual"))

    op.drop_table("price_items")
    op.drop_table("labour_rates")
