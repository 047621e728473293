"""Link previews: where they are wanted, and what stands under a link to a model."""
