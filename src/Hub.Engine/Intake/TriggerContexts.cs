using System.Text.Json;
using Hub.Engine.Catalog;
using Hub.Engine.Executions;
using Hub.Engine.Writing;
using Hub.Routing.Graph;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>The run contexts that the triggers of several workflows read of one delivery; one at a time, shared where they read the delivery alone.</summary>
internal sealed class TriggerContexts(Delivery delivery, ReadOnlyMemory<byte> body) : IDisposable
{
    private JsonDocument? _document;
    private bool _isShared;

    /// <summary>An object with <c>trigger</c>, <c>workflow</c> and <c>vars</c>. It is void after the next call.</summary>
    public JsonElement For(ActiveWorkflow workflow, WorkflowPlan plan)
    {
        if (_document is null || !_isShared || !plan.TriggerReadsDeliveryOnly)
        {
            Dispose();
            _document = JsonDocument.Parse(TextFor(workflow, plan), RunContext.ParseOptions);
            _isShared = plan.TriggerReadsDeliveryOnly;
        }

        return _document.RootElement;
    }

    public void Dispose()
    {
        _document?.Dispose();
        _document = null;
    }

    private ReadOnlyMemory<byte> TextFor(ActiveWorkflow workflow, WorkflowPlan plan) =>
        ThreadWriter.WriteJson(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("trigger"u8);
            TriggerJson.Write(writer, delivery, body);
            writer.WriteStartObject("workflow"u8);
            writer.WriteString("id"u8, workflow.Id);
            writer.WriteString("name"u8, plan.Definition.Name);
            writer.WriteNumber("version"u8, workflow.Version);
            writer.WriteEndObject();
            writer.WritePropertyName("vars"u8);
            RunContextWriter.WriteVars(writer, plan.Definition.Vars);
            writer.WriteEndObject();
        });
}
