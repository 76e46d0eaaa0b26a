if NaN & true, end
%---- gives ----
error: NaN values cannot be converted to logicals.
  nan_as_a_condition.m:1:8
    if NaN & true, end
       --- ^ ----
  + test with isnan(...)
