x = zeros(1e6);
%---- gives ----
error: Requested 1000000x1000000 (7450.6GB) array exceeds maximum array size preference (16.0GB). This might cause MATLAB to become unresponsive.
  too_much_memory.m:1:5
    x = zeros(1e6);
        ^^^^^^^^^^
