"""Example data that MATLAB brings and that is MathWorks' or others': by the names of functions, files and folders."""

from __future__ import annotations

import os

FUNCTIONS = """
    abalone_dataset bodyfat_dataset building_dataset cancer_dataset chemical_dataset chickenpox_dataset cho_dataset
    crab_dataset engine_dataset exchanger_dataset glass_dataset house_dataset japaneseVowelsTestData
    japaneseVowelsTrainData maglev_dataset ovarian_dataset ph_dataset pollution_dataset refmodel_dataset
    robotarm_dataset simpleclass_dataset simplecluster_dataset simplefit_dataset simplenarx_dataset
    simpleseries_dataset thyroid_dataset valve_dataset
"""
FILES = """
    arrhythmia cancerdata carbig carsmall census cities discrim examgrades flu fluTrends gas hald hospital
    HumanActivityData HumanActivityTest HumanActivityTrain humanactivity imports-85 ionosphere JapaneseVowelsTestData
    JapaneseVowelsTrainData kmeansdata lawdata mileage moore morse ovariancancer parts patients polydata popcorn
    PortfolioData readmissiontimes reaction stockreturns triangleSegmentationNetwork UnemploymentData WaveformData
"""
FOLDERS = "MerchData flower_photos cifar-10-matlab TurbofanDegradationSimulationData CamVid"  # and their archives
HINT = "what is there: digitTrain4DArrayData, DigitDataset, iris_dataset, wine_dataset, fisheriris"


def hint(name: str) -> str:
    """What to do about data that does not come with cnnscript: where it goes, where a MATLAB has it, and what is there
    instead."""
    last = os.path.basename(name.replace("\\", "/").rstrip("/"))
    return f"put {last} from a MATLAB that has it into {os.getcwd()}; {HINT}"


def is_function(name: str) -> bool:
    return name in FUNCTIONS.split()


def sentence(name: str) -> str | None:
    """What is said of data that does not come with cnnscript; None for other names."""
    stem = os.path.basename(name.replace("\\", "/").rstrip("/")).split(".")[0]
    if is_function(name) or stem in FILES.split() or stem in FOLDERS.split():
        return f"'{stem}' is example data of MATLAB, which does not come with cnnscript"
    return None
