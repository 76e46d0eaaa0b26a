"""Which of our built-in functions are files of functions in MATLAB: there `exist` answers 2 for them, not 5.

Scripts ask `exist('fminunc') == 2` before they use a function of a toolbox.
"""

from __future__ import annotations

from functools import cache

# topics all of whose functions are files, but for a few
TOPICS = frozenset(
    """
    archives calendars class_performance clusters combinatorics components coordinates correlations covariances
    cross_validation curves_of_scores data_import dates delimited digits discriminants distances distributions
    ensembles equation_solving filter_design filtering forest_growing gallery gradients grid_interpolation
    group_summaries groups histograms image_classes image_contrast image_display image_files image_filters
    image_labels image_morphology image_sizes interpolation interpolation_planes kinds_of_means least_squares
    linear_models naive_bayes nan_statistics nearest_neighbours neighbour_embeddings normalizing notices ode_options
    ode_solvers older_names older_text optimization_options outliers output_codes partitions peaks_of_signals
    piecewise plane_geometry plot_bars plot_charts plot_contours polynomial_fractions polynomials programs_linear
    programs_nonlinear quadrature quadrature_in_space quantiles random_samples regression_machines regression_models
    regression_trees regressions resampling scattered_interpolation sets significance smoothing sounds
    special_matrices spectra statistics support_vector_machines templates tree_classifiers trees_of_clusters
    vector_fields waveforms web web_options whole_numbers windows workbooks zeros_and_minima
    """.split()  # noqa: SIM905
)
NAMES = frozenset(
    """
    angle axis blkdiag cell2mat celldisp cond cross deal deblank deconv dot expm fftshift fieldnames fileparts
    fileread fliplr flipud flip fullfile getfield setfield ifftshift int2str num2str mat2str legend linspace
    logspace logm mean meshgrid ndgrid narginchk nargoutchk nextpow2 null orth orderfields pinv rank repmat
    rot90 rref shiftdim sortrows sqrtm strcat strjoin strjust strsplit strtok struct2table sub2ind ind2sub title
    trace trapz cumtrapz validatestring xlabel ylabel zlabel subplot colorbar cov conv vander wilkinson
    inputname mat2cell datestr legendre interp2
    """.split()  # noqa: SIM905
)
OWN = frozenset(["histc", "image"])  # of the topics above, built-in there too


@cache
def is_file_in_matlab(name: str) -> bool:
    """Is this built-in function a function file in MATLAB?"""
    from cnnscript import builtins

    return name in NAMES or builtins.index().get(name) in TOPICS and name not in OWN
