namespace Ledger.Cli.Contract;

/// <summary>Says that something happened already, outside the ledger; RFC 3339.</summary>
internal sealed record ObservedBody(string At, string Source);

/// <summary>POST …/deployment/start.</summary>
internal sealed record StartDeploymentBody(string? Commit, IReadOnlyList<ArtifactBody>? Artifacts, ObservedBody? Observed);

/// <summary>POST …/deployment/steps/{step}/start and /complete, …/deployment/promote, …/rollback/complete.</summary>
internal sealed record ObservedOnlyBody(ObservedBody? Observed);

/// <summary>POST …/deployment/pause, /resume and /abort.</summary>
internal sealed record ReasonBody(string Reason, ObservedBody? Observed);

/// <summary>POST …/deployment/traffic.</summary>
internal sealed record TrafficBody(string To, bool ToRelease, string? From, ObservedBody? Observed);

/// <summary>POST …/deployment/measurements.</summary>
internal sealed record MeasurementsBody(IReadOnlyList<SampleBody> Measurements);

/// <summary>One measurement; without a value the source could not tell.</summary>
internal sealed record SampleBody(string Metric, string At, string Source, string Unit, double? Value, string? Because, bool? Baseline);

/// <summary>POST …/rollback/start.</summary>
internal sealed record StartRollbackBody(string Cause, string Reason, string? Person, ObservedBody? Observed);

/// <summary>POST …/rollback/verify.</summary>
internal sealed record VerifyRollbackBody(bool Works, string Note, string? Evidence);

/// <summary>POST …/rollback/rehearsals.</summary>
internal sealed record RehearsalBody(long DurationMs, string Note, IReadOnlyList<string>? Checks, IReadOnlyList<NumberBody>? Measurements, string? Evidence, string? Supersede);

/// <summary>A number with its unit.</summary>
internal sealed record NumberBody(string Name, double Value, string Unit);

/// <summary>POST …/post-deployment/checks.</summary>
internal sealed record CheckBody(string List, string Check, string Source, double? Value, string? Unit, bool? Met, string? Note, string? Supersede);

/// <summary>POST …/follow-ups/{name}.</summary>
internal sealed record FollowUpBody(string Note, string Outcome, string? Reference, string? Supersede);
