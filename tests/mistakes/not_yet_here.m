net = dlnetwork([]);
%---- gives ----
error: 'dlnetwork' is not in cnnscript yet.
  not_yet_here.m:1:7
    net = dlnetwork([]);
          ^^^^^^^^^^^^^
  + what comes nearest is 'squeezenet'
