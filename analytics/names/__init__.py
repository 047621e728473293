"""Names of models and accounts that are known without asking anybody: which id a name or a family stands for."""
