namespace Hub.Signatures;

/// <summary>Profiles of the operator's that cannot be used; the message names each file, the place in it and the remedy.</summary>
public sealed class SignatureProfileException(string message) : Exception(message);
