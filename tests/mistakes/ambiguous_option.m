options = trainingOptions('sgdm','LearnRateDrop',0.5);
%---- gives ----
error: The parameter 'LearnRateDrop' is ambiguous.
  ambiguous_option.m:1:11
    options = trainingOptions('sgdm','LearnRateDrop',0.5);
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    it could be LearnRateDropFactor, LearnRateDropPeriod
