using System.Text;
using Hub.Engine.Catalog;
using Hub.Routing.Workflows;
using Hub.Storage;

namespace Hub.Operations.Workflows;

/// <summary>Reads a document that is to be stored, or finds every error it has.</summary>
public sealed class WorkflowCheck(StepCatalog steps, StepCredentials credentials)
{
    /// <summary>What the document reads of deliveries is held against the latest ones of its Source.</summary>
    public async Task<OperationResult<StoredDocument>> RunAsync(HubDbContext context, byte[] utf8, CancellationToken cancellationToken)
    {
        var check = WorkflowReader.Read(utf8, steps);
        if (check.Definition?.Trigger.Source is { } source && await SampleDeliveries.OfAsync(context, source, cancellationToken) is { Count: > 0 } bodies)
        {
            check = WorkflowReader.Read(utf8, steps, bodies);
        }

        if (check.Definition is { } definition)
        {
            var wrong = await credentials.CheckAsync(context, definition, cancellationToken);
            if (wrong.Any(error => !error.IsMissing))
            {
                return Invalid(OperationErrorKind.Unprocessable, "workflow_invalid", [.. wrong.Select(error => error.ToError())]);
            }

            var missing = await TriggerSource.WarningAsync(context, definition.Trigger.Source, cancellationToken);
            var warnings = check.Errors.Concat(wrong.Select(error => error.ToWarning())).Concat(missing is null ? [] : [missing]);

            // A byte order mark may stand before JSON text but not inside a column.
            return new StoredDocument(definition, Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF'), [.. warnings]);
        }

        var errors = check
            .Errors.Where(error => error.Severity == ErrorSeverity.Error)
            .Select(error => new FieldError(error.Pointer, error.Code, error.Message, error.Remedy))
            .ToList();
        return errors.Exists(error => error.Code == ErrorCodes.JsonMalformed || error is { Pointer: "", Code: ErrorCodes.TextInvalid })
            ? Invalid(OperationErrorKind.Invalid, "invalid_json", errors)
            : Invalid(OperationErrorKind.Unprocessable, "workflow_invalid", errors);
    }

    private static OperationError Invalid(OperationErrorKind kind, string code, List<FieldError> errors) =>
        OperationError.Of(
            kind,
            code,
            $"The workflow was not stored. {(errors.Count == 1 ? "One place needs" : $"{errors.Count} places need")} mending: {errors[0].Place}: "
                + $"{errors[0].Message}",
            errors
        );
}

/// <summary>A document that passed the checker, with its text as given.</summary>
public sealed record StoredDocument(WorkflowDefinition Definition, string Text, IReadOnlyList<WorkflowError> Warnings);
