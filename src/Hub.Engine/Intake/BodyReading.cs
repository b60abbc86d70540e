namespace Hub.Engine.Intake;

/// <summary>What workflows are given of a body.</summary>
public enum BodyReading
{
    /// <summary>What it is found to be: JSON, a form's fields, or text.</summary>
    Auto,

    /// <summary>Its text, whatever it is.</summary>
    Text,
}
