"""An answer names the call it was given in; what is tapped on the own phone waits to be signed.

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("addition_answers") as batch_op:
        batch_op.add_column(sa.Column("contact_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_addition_answers_contact_id"), "contact_log", ["contact_id"], ["id"]
        )
    with op.batch_alter_table("addition_lines") as batch_op:
        batch_op.add_column(
            sa.Column("tapped", sa.String(length=5), nullable=False, server_default="")
        )
    with op.batch_alter_table("addition_lines") as batch_op:
        batch_op.alter_column("tapped", existing_type=sa.String(length=5), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("addition_lines") as batch_op:
        batch_op.drop_column("tapped")
    with op.batch_alter_table("addition_answers") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_addition_answers_contact_id"), type_="foreignkey")
        batch_op.drop_column("contact_id")
