namespace Hub.Routing.Workflows.Rules;

/// <summary>All rules, in the order their errors are listed for one step.</summary>
internal static class WorkflowRules
{
    public static IReadOnlyList<IWorkflowRule> All { get; } =
    [
        new StepIdsAreUniqueRule(),
        new StepTypesAreKnownRule(),
        new CredentialsFitRule(),
        new PoliciesHaveEffectRule(),
        new IncomingEdgesExistRule(),
        new NoCyclesRule(),
        new SwitchPortsRule(),
        new BodySchemaCompilesRule(),
        new ConditionsCompileRule(),
        new InputsFitRule(),
        new InputsCompileRule(),
        new TemplatesAreMeantRule(),
        new PathsAreMeantRule(),
        new DelayInputsRule(),
        new RespondInputsRule(),
        new HeadersFitRule(),
        new StepsCanRunRule(),
        new ReadsAreKnownRule(),
        new ReadsComeBeforeRule(),
        new TypesFitRule(),
        new NotYetEffectiveRule(),
        new PortsAreUsedRule(),
    ];
}
