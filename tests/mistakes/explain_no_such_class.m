net = squeezenet;
map = gradCAM(net, zeros(227,227,3), 'golden retreiver');
%---- gives ----
error: The network has no class 'golden retreiver'.
  explain_no_such_class.m:2:7
    map = gradCAM(net, zeros(227,227,3), 'golden retreiver');
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    it has 1000 classes
    near it: 'golden retriever'
