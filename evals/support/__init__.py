"""How far a verifier's support score agrees with what people said."""
