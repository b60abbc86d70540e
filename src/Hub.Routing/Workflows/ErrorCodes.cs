namespace Hub.Routing.Workflows;

/// <summary>The stable codes of <see cref="WorkflowError"/>.</summary>
public static class ErrorCodes
{
    public const string JsonMalformed = "json_malformed";
    public const string DocumentTooLarge = "document_too_large";
    public const string DocumentTooDeep = "document_too_deep";
    public const string TextInvalid = "text_invalid";
    public const string DuplicateKey = "duplicate_key";
    public const string TooManyErrors = "too_many_errors";

    public const string WrongType = "wrong_type";
    public const string UnknownProperty = "unknown_property";
    public const string MissingProperty = "missing_property";
    public const string SchemaUnknown = "schema_unknown";
    public const string NameInvalid = "name_invalid";
    public const string ValueUnknown = "value_unknown";
    public const string OutOfRange = "out_of_range";
    public const string DurationInvalid = "duration_invalid";
    public const string TooMany = "too_many";

    public const string StepIdInvalid = "step_id_invalid";
    public const string StepIdDuplicate = "step_id_duplicate";
    public const string StepTypeUnknown = "step_type_unknown";
    public const string StepTypeUnavailable = "step_type_unavailable";
    public const string PortInvalid = "port_invalid";
    public const string PortDuplicate = "port_duplicate";

    public const string AfterUnknownStep = "after_unknown_step";
    public const string AfterUnknownPort = "after_unknown_port";
    public const string AfterItself = "after_itself";
    public const string AfterDuplicate = "after_duplicate";
    public const string Cycle = "cycle";
    public const string NeverRuns = "never_runs";

    public const string InputMissing = "input_missing";
    public const string InputUnknown = "input_unknown";
    public const string InputWrongType = "input_wrong_type";
    public const string InputChoice = "input_choice";
    public const string InputConflict = "input_conflict";
    public const string CredentialMissing = "credential_missing";
    public const string CredentialUnexpected = "credential_unexpected";

    public const string PathInvalid = "path_invalid";
    public const string PathNotAlone = "path_not_alone";
    public const string TemplateInvalid = "template_invalid";
    public const string FunctionUnknown = "function_unknown";
    public const string ForeignSyntax = "foreign_syntax";
    public const string ConditionInvalid = "condition_invalid";
    public const string OperatorUnknown = "operator_unknown";
    public const string RegexInvalid = "regex_invalid";
    public const string BodySchemaInvalid = "body_schema_invalid";
    public const string UrlHostOpen = "url_host_open";

    public const string PathDoubtful = "path_doubtful";
    public const string TypesDiffer = "types_differ";
    public const string PortUnused = "port_unused";

    public const string ReadsUnknownRoot = "reads_unknown_root";
    public const string ReadsUnknownMember = "reads_unknown_member";
    public const string ReadsUnknownStep = "reads_unknown_step";
    public const string ReadsLaterStep = "reads_later_step";
    public const string ReadsExcludedStep = "reads_excluded_step";
    public const string ReadsUncertainStep = "reads_uncertain_step";

    public const string NotYetEffective = "not_yet_effective";
    public const string BelongsToSource = "belongs_to_source";
    public const string NoEffect = "no_effect";
}
