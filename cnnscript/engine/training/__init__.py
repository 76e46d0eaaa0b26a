"""How networks are trained: NumPy's arrays and engine networks, no values of the language in here.

plans       what was decided before: solver, epochs, validation
schedules   how the learn rate goes
feeds       where mini-batches come from, and the feed of arrays
sequences   sequences of several lengths as one batch: padded, cut, in pieces
goals       what is made small: losses
metrics     what is told besides: accuracy, RMSE, F-score, ...
solvers     the running means of a solver, and its step on variables
trainees    a network with its compiled step: loss, gradients, regularisation, thresholds, update
several_outputs  a network that learns several outputs together
normalization  statistics of the data for input layers, of batches for batch normalisation
full_batch  training by L-BFGS and Levenberg-Marquardt, which take all data at once
loop        epochs and iterations, validation, patience, the best network, what ends a training
"""
