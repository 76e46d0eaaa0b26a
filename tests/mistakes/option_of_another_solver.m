options = trainingOptions('adam','Momentum',0.9);
%---- gives ----
error: 'Momentum' is not an option for solver 'adam'.
  option_of_another_solver.m:1:11
    options = trainingOptions('adam','Momentum',0.9);
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    it is an option of 'sgdm'
