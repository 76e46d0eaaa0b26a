assert(1 == 2, 'Sums do not match.')
%---- gives ----
error: Sums do not match.
  assertion.m:1:1
    assert(1 == 2, 'Sums do not match.')
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
