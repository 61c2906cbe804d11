"""More is signed than the check-in: given back, addition, settlement.

Revision: 0002, after 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHECK_IN = "'S1', 'SD', 'SI', 'S2', 'S3', 'S4', 'SR'"


def upgrade() -> None:
    _allow(f"{CHECK_IN}, 'SB', 'SC', 'SP'")


def downgrade() -> None:
    _allow(CHECK_IN)


def _allow(codes: str) -> None:
    name = op.f("ck_signatures_code")
    with op.batch_alter_table("signatures") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"code in ({codes})")
