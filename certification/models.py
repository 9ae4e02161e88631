"""Gathers the stages' models: certification is one Django app with one migrations folder."""

from certification.amendments.models import StandardDraft
from certification.applications.extensions.models import Extension
from certification.applications.migrating.models import MigrationChoice, MigrationOffer
from certification.applications.models import (
    Answer,
    Application,
    EvidenceUse,
    FolioCounter,
    LocalAnswer,
    MeasureClaim,
    Observation,
    RequirementRecord,
    Submission,
)
from certification.applications.owners.models import ItemOwner
from certification.applications.plan.models import ImprovementAction
from certification.applications.receipts.models import Receipt, Signature
from certification.applications.renewing.models import Renewal
from certification.applications.spreadsheet.models import SheetUpload
from certification.certificates.models import Certificate, CertificateSite, StatusChange
from certification.evidence.models import Document, Revision
from certification.evidence.regions.models import Region
from certification.evidence.search.models import DocumentWords
from certification.evidence.uploads.models import PendingUpload
from certification.review.models import Decision, Recommendation, Verdict
from certification.standards.models import Standard

__all__ = [
    "Answer",
    "Application",
    "Certificate",
    "CertificateSite",
    "Decision",
    "Document",
    "DocumentWords",
    "EvidenceUse",
    "Extension",
    "FolioCounter",
    "ImprovementAction",
    "ItemOwner",
    "LocalAnswer",
    "MeasureClaim",
    "MigrationChoice",
    "MigrationOffer",
    "Observation",
    "PendingUpload",
    "Receipt",
    "Recommendation",
    "Region",
    "Renewal",
    "RequirementRecord",
    "Revision",
    "SheetUpload",
    "Signature",
    "Standard",
    "StandardDraft",
    "StatusChange",
    "Submission",
    "Verdict",
]
